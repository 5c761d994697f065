"""What admins set on a page, and the code obeys. `registry` declares, `cache` answers, `changes` changes."""

from talento.services.preferences.cache import forget, heard, known, load, secret, value
from talento.services.preferences.registry import Preference

__all__ = ["Preference", "forget", "heard", "known", "load", "secret", "value"]
