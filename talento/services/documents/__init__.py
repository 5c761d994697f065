"""Documents people print: QR codes and cards."""
