"""The checker: says exactly what is wrong with a FHIR R4 document, offline, in milliseconds."""

from baladeur.record.check.checker import check, check_lines, check_resource
from baladeur.record.check.findings import SEVERITIES, Finding, Severity, refusing, worst

__all__ = ["SEVERITIES", "Finding", "Severity", "check", "check_lines", "check_resource", "refusing", "worst"]
