"""Appointments and sessions: the calendar and the moves of each record."""
