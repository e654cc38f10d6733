"""Where the record meets the sealed file: FHIR documents become items, and live items become the record again."""
