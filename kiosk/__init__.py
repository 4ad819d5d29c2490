"""Linli 邻里站: queue, check-in and contact-card station for a community service centre."""

__version__ = "0.1.0"
