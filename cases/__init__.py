"""Reports, households, the workflow, the queue, deadlines, notices."""
