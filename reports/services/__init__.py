from reports.services.renditions import make, request_rendition

__all__ = ["make", "request_rendition"]
