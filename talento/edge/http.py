"""Our own HTTP routes, beside Reflex on the same port."""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from talento.edge import auth, badges, desk, devices, documents, files, mail, passkeys, probes, site
from talento.edge.answers import failed, refused
from talento.errors import Invalid, NotFound, Refusal
from talento.i18n import phrase

MALFORMED = phrase("That could not be understood. Please reload the page and try again.")


def routes() -> FastAPI:
    """The FastAPI application that carries sign-in, files, documents and health."""
    http = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    for router in (
        auth.router,
        passkeys.router,
        files.router,
        documents.router,
        badges.router,
        desk.router,
        devices.router,
        mail.router,
        probes.router,
        site.router,
    ):
        http.include_router(router)
    http.add_exception_handler(Refusal, refused)  # type: ignore[arg-type]
    http.add_exception_handler(RequestValidationError, _malformed)
    http.add_exception_handler(HTTPException, _refused_by_starlette)
    http.add_exception_handler(Exception, failed)
    return http


async def _malformed(request: Request, _error: Exception) -> Response:
    return refused(request, Invalid(MALFORMED))


async def _refused_by_starlette(request: Request, error: Exception) -> Response:
    """A malformed body, an unknown path, a wrong method: in our words instead of the framework's."""
    status = getattr(error, "status_code", 400)
    answer = refused(request, NotFound("There is no such thing.") if status == 404 else Invalid(MALFORMED))
    answer.status_code = status if status in (404, 405) else 422
    return answer
