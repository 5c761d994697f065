"""The wizard of a general talent."""

import reflex as rx

from talento.services.talents import register
from talento.state.wizard import Course, WizardMixin

COURSE = Course(register.REGISTRATION, register.known, "/profile")


class RegisterState(WizardMixin, rx.State):
    """Where the reader stands in the wizard, and what they answered."""

    def _course(self) -> Course:
        return COURSE
