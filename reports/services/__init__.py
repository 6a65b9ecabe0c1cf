from reports.services.renditions import make, request_rendition, withhold

__all__ = ["make", "request_rendition", "withhold"]
