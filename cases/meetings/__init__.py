"""Meetings on several households at once: the village's appraisal, the township's review, the county's batch."""
