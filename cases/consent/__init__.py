"""The notice of use that a reporter consents to, in every version that was ever shown."""
