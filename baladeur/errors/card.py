"""Errors of signatures and of the card that makes them."""

from baladeur.errors.base import BaladeurError


class SignatureError(BaladeurError):
    """A signature cannot be made or read."""


class CmsMalformed(SignatureError):
    """The bytes are not a CMS signature of the profile."""

    exit_code = 40
    sentence = "This signature is not of the form that a record may hold; nothing was changed; do not rely on it."


class CmsRefused(SignatureError):
    """The CMS is well formed, but it does not sign these bytes or uses what the profile forbids."""

    exit_code = 41
    sentence = "This signature does not belong to this content; nothing was changed; do not rely on it."
