"""The design system: what pages are made of, shown as it is."""
