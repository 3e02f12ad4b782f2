"""Official documents (公文): what comes in and goes out, who instructs, who has read, under which number."""
