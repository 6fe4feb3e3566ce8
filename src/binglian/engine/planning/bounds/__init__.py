"""What no plan can beat: bounds on the makespan, each proven."""
