package io.tollgate.edge.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.site.testing.ServedRoutes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ConsoleRoutesTest {
  private static final Pattern ENTRY = Pattern.compile("src=\"(/assets/console-[^\"]+\\.js)\"");
  private static ServedRoutes plain;
  private static ServedRoutes secure;

  @BeforeAll
  static void serve() {
    plain = ServedRoutes.start(new ConsoleRoutes(SiteFiles.built(), () -> false));
    secure = ServedRoutes.start(new ConsoleRoutes(SiteFiles.built(), () -> true));
  }

  @AfterAll
  static void stop() {
    plain.close();
    secure.close();
  }

  @Test
  void every_path_of_a_face_is_its_one_page() throws Exception {
    String console = text(get("/console"));
    String portal = text(get("/portal"));
    assertThat(console).contains("/assets/console-").doesNotContain("/assets/portal-");
    assertThat(portal).contains("/assets/portal-");
    for (String path :
        new String[] {"/console/", "/console/requests", "/console/requests/a%2Fb/c/d.js"}) {
      assertThat(text(get(path))).isEqualTo(console);
    }
    for (String path : new String[] {"/", "/portal/", "/portal/keys/1"}) {
      assertThat(text(get(path))).isEqualTo(portal);
    }
  }

  @Test
  void page_is_asked_for_anew_and_answered_with_304_when_it_is_known() throws Exception {
    HttpResponse<byte[]> page = get("/console/users");
    assertThat(page.headers().firstValue("Cache-Control")).contains("no-cache");
    String tag = page.headers().firstValue("ETag").orElseThrow();
    HttpResponse<byte[]> again =
        plain.send(plain.to("/console/users").header("If-None-Match", "\"x\", W/" + tag));
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(again.headers().firstValue("ETag")).contains(tag);
  }

  @Test
  void page_runs_scripts_of_ours_alone_and_is_never_framed() throws Exception {
    HttpResponse<byte[]> page = get("/portal/");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe-eval", "script-src 'self' 'unsafe-inline'");
    assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(page.headers().firstValue("Referrer-Policy")).contains("same-origin");
    assertThat(page.headers().firstValue("Cross-Origin-Opener-Policy")).contains("same-origin");
    assertThat(page.headers().firstValue("Strict-Transport-Security")).isEmpty();
    assertThat(secure.send(secure.to("/portal/")).headers().firstValue("Strict-Transport-Security"))
        .isPresent();
    assertThat(text(page)).doesNotContain("<script>").doesNotContain("https://");
  }

  @Test
  void file_with_its_hash_in_its_name_is_kept_for_good() throws Exception {
    HttpResponse<byte[]> file = get(entry());
    assertThat(file.statusCode()).isEqualTo(200);
    assertThat(file.headers().firstValue("Content-Type"))
        .contains("text/javascript; charset=utf-8");
    assertThat(file.headers().firstValue("Cache-Control"))
        .contains("public, max-age=31536000, immutable");
    assertThat(file.headers().firstValue("Vary")).contains("Accept-Encoding");
  }

  @Test
  void smallest_form_that_is_taken_is_sent() throws Exception {
    byte[] whole = get(entry()).body();
    HttpResponse<byte[]> gzip = get(entry(), "br;q=0, gzip;q=0.5");
    HttpResponse<byte[]> brotli = get(entry(), "gzip, deflate, br, zstd");
    assertThat(gzip.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(brotli.headers().firstValue("Content-Encoding")).contains("br");
    assertThat(brotli.body()).hasSizeLessThan(gzip.body().length);
    try (GZIPInputStream unzipped = new GZIPInputStream(new ByteArrayInputStream(gzip.body()))) {
      assertThat(unzipped.readAllBytes()).isEqualTo(whole);
    }
    assertThat(brotli.headers().firstValue("ETag")).isNotEqualTo(gzip.headers().firstValue("ETag"));
    assertThat(get(entry(), "identity").headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(get(entry(), "*").headers().firstValue("Content-Encoding")).contains("br");
  }

  @Test
  void head_tells_the_length_and_sends_nothing() throws Exception {
    HttpResponse<byte[]> head =
        plain.send(plain.to(entry()).method("HEAD", HttpRequest.BodyPublishers.noBody()));
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValueAsLong("Content-Length"))
        .hasValue(get(entry()).body().length);
  }

  @Test
  void file_that_is_not_there_is_the_404_of_the_api_and_no_page() throws Exception {
    for (String path :
        new String[] {
          "/assets/none.js",
          "/assets/",
          "/assets/../console.html",
          "/assets/%2e%2e/console.html",
          "/consoles",
          "/favicon.ico"
        }) {
      HttpResponse<byte[]> answer = get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(404);
      assertThat(text(answer)).as(path).contains("\"code\":\"NOT_FOUND\"");
    }
  }

  @Test
  void what_changes_something_is_not_for_pages() throws Exception {
    HttpResponse<byte[]> answer =
        plain.send(plain.to("/console/users").POST(HttpRequest.BodyPublishers.ofString("{}")));
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS");
  }

  private static String entry() throws IOException, InterruptedException {
    Matcher found = ENTRY.matcher(text(get("/console")));
    assertThat(found.find()).isTrue();
    return found.group(1);
  }

  private static HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    return plain.send(plain.to(path));
  }

  private static HttpResponse<byte[]> get(String path, String encodings)
      throws IOException, InterruptedException {
    return plain.send(plain.to(path).header("Accept-Encoding", encodings));
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }
}
