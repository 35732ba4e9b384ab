package io.tollgate.edge.console;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.web.AnswerSender;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.RequestContext;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.tollgate.web.StreamRoute;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The pages of both faces and their files. Every path below {@code /console} and {@code /portal} is
 * its face's one page, which reads the path itself; {@code /} is the portal's. Files below {@code
 * /assets} have their hash in their name and never change; one that is not there is the 404 of the
 * rest of the interface, so that no script is ever answered with a page.
 */
final class ConsoleRoutes implements Routes {
  private static final String ASSETS = "/assets/";
  private static final String FOREVER = "public, max-age=31536000, immutable";

  private final SiteFiles files;
  private final BooleanSupplier secure;
  private final SiteFile console;
  private final SiteFile portal;

  /**
   * @param secure whether browsers reach us over TLS
   */
  ConsoleRoutes(SiteFiles files, BooleanSupplier secure) {
    this.files = requireNonNull(files, "files is null");
    this.secure = requireNonNull(secure, "secure is null");
    this.console = files.require("console.html");
    this.portal = files.require("portal.html");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    for (String path : List.of("/console", "/console/" + RouteTable.BELOW)) {
      get(table, path, (context, request) -> page(request, console));
    }
    for (String path : List.of("/", "/portal", "/portal/" + RouteTable.BELOW)) {
      get(table, path, (context, request) -> page(request, portal));
    }
    get(table, ASSETS + RouteTable.BELOW, this::asset);
  }

  private static void get(RouteTable table, String path, StreamRoute route) {
    table.stream(HttpMethod.GET, path, ErrorForms.standard(), route);
  }

  private void page(HttpServerRequest request, SiteFile page) {
    send(request, page, "no-cache", PageHeaders.of(secure.getAsBoolean()));
  }

  private void asset(RequestContext context, HttpServerRequest request) {
    Optional<SiteFile> file =
        Optional.ofNullable(request.path())
            .filter(path -> path.startsWith(ASSETS))
            .flatMap(path -> files.find(path.substring(1)));
    if (file.isPresent()) {
      send(request, file.get(), FOREVER, Map.of("X-Content-Type-Options", "nosniff"));
    } else {
      AnswerSender.refuse(
          context,
          request,
          ErrorForms.standard(),
          new Refusal(ErrorCode.NOT_FOUND, "no such file below " + ASSETS));
    }
  }

  private static void send(
      HttpServerRequest request, SiteFile file, String caching, Map<String, String> more) {
    ContentCoding coding =
        ContentCoding.choose(
            Optional.ofNullable(request.getHeader("Accept-Encoding")), file.forms().keySet());
    String tag = file.tag(coding);
    Map<String, String> headers = new LinkedHashMap<>(more);
    headers.put("Cache-Control", caching);
    headers.put("ETag", tag);
    headers.put("Vary", "Accept-Encoding");
    if (isKnown(tag, Optional.ofNullable(request.getHeader("If-None-Match")))) {
      AnswerSender.send(request, Response.empty(304).withHeaders(headers));
      return;
    }
    if (coding != ContentCoding.IDENTITY) {
      headers.put("Content-Encoding", coding.code());
    }
    AnswerSender.send(
        request, Response.bytes(200, file.type(), file.bytes(coding)).withHeaders(headers));
  }

  /** Whether the caller has it already (RFC 9110, 13.1.2). */
  private static boolean isKnown(String tag, Optional<String> held) {
    for (String part : held.orElse("").split(",", -1)) {
      String candidate = part.strip();
      String strong = candidate.startsWith("W/") ? candidate.substring(2) : candidate;
      if (strong.equals("*") || strong.equals(tag)) {
        return true;
      }
    }
    return false;
  }
}
