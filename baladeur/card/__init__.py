"""Floor 0, the professional card: signatures and who made them. It knows no FHIR."""
