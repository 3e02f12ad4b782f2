"""The area of hotline."""
