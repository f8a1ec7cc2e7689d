"""Paper that hangs or is handed out: QR posters and the two 政策明白纸, as PDF with their font inside."""
