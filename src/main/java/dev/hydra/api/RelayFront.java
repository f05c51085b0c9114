package dev.hydra.api;

import dev.hydra.Component;
import dev.hydra.dialect.Failure;
import dev.hydra.dialect.Failure.Kind;
import dev.hydra.dialect.InvalidRequest;
import dev.hydra.dialect.gemini.GeminiEndpoint;
import dev.hydra.dialect.gemini.GeminiEndpoints;
import dev.hydra.relay.Relay;
import dev.hydra.relay.RelayFailure;
import dev.hydra.relay.RelayReply;
import dev.hydra.relay.RelayRequest;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Carries bytes between HTTP and the relay: bounded bodies are taken in first, uploads are passed on while they come. */
@Component
public final class RelayFront {
    private static final String UPLOAD_HEADERS = "x-goog-upload-";

    private final Relay relay;
    private final Bodies bodies;
    private final GeminiEndpoint errors;
    private final OwnAddress address;

    @Inject
    RelayFront(Relay relay, Bodies bodies, GeminiEndpoints endpoints, OwnAddress address) {
        this.relay = relay;
        this.bodies = bodies;
        this.errors = endpoints.none();
        this.address = address;
    }

    /** A request about the provider's objects. @param target decoded, behind the version */
    Response answer(String version, String target, HttpServletRequest request) {
        return switch (bodies.read(request)) {
            case Bodies.Intake.Refused refused -> Errors.response(errors, refused.failure());
            case Bodies.Intake.Taken taken -> {
                try {
                    yield answered(asked(version, target, request, taken.bytes(), Optional.empty()), request);
                } finally {
                    taken.share().close();
                }
            }
        };
    }

    /** A part of an upload. */
    Response upload(String version, String target, HttpServletRequest request) {
        try {
            RelayRequest.Upload upload = new RelayRequest.Upload(request.getInputStream(), request.getContentLengthLong());
            return answered(asked(version, target, request, new byte[0], Optional.of(upload)), request);
        } catch (IOException e) {
            return Errors.response(errors, Failure.of(Kind.INVALID_REQUEST, "The request's body broke off before its end."));
        }
    }

    private RelayRequest asked(String version, String target, HttpServletRequest request, byte[] body,
            Optional<RelayRequest.Upload> upload) {
        Map<String, String> headers = GoogleQuery.headers(request);
        String type = request.getContentType();
        if (type != null && GoogleQuery.isPrintable(type)) {
            headers.put("Content-Type", type);
        }
        if (upload.isPresent()) {
            for (String name : Collections.list(request.getHeaderNames())) {
                String value = request.getHeader(name);
                if (name.toLowerCase(Locale.ROOT).startsWith(UPLOAD_HEADERS) && GoogleQuery.isPrintable(value)) {
                    headers.put(name, value);
                }
            }
        }
        return new RelayRequest(AccessFilter.caller(request), request.getMethod(), version, target,
                GoogleQuery.withoutCredentials(request.getQueryString()), headers, body, upload, address.of(request));
    }

    private Response answered(RelayRequest asked, HttpServletRequest request) {
        try {
            RelayReply reply = relay.answer(asked);
            Response.ResponseBuilder response = Response.status(reply.status());
            reply.headers().forEach(response::header);
            return response.entity(streaming(reply, request)).build();
        } catch (RelayFailure e) {
            return Errors.response(errors, e.failure());
        } catch (InvalidRequest e) {
            return Errors.response(errors, e.failure());
        }
    }

    private static StreamingOutput streaming(RelayReply reply, HttpServletRequest request) {
        return out -> {
            try {
                reply.body().writeTo(out);
            } catch (IOException | RuntimeException | Error e) {
                // The client must not take a part for the whole.
                ClientConnection.reset(request);
                throw e;
            }
        };
    }
}
