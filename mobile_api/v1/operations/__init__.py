"""The figures and stories of those who keep the system running."""
