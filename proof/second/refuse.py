# SPDX-License-Identifier: Apache-2.0
"""The two ways in which a check does not pass."""


class Refused(Exception):
    """The bundle is not what the format says. The text names a path, a place or a word of the format, never content."""


class CannotCheck(Exception):
    """This computer cannot check it, and why. The step stays open: nothing is passed that was not checked."""
