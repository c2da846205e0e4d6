"""What joins several subjects: today, a workout on paper, usage."""
