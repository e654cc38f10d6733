"""The medical record: FHIR R4 in, a typed model out. It knows no file, no card and no screen."""
