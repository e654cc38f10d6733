"""The checker of FHIR documents."""
