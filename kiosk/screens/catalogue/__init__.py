"""What the centre offers, as its administrator changes it: services, groups, counters, priorities."""
