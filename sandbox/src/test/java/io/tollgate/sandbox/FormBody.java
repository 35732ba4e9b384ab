package io.tollgate.sandbox;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** A form of several parts being written. */
final class FormBody {
  private static final String BOUNDARY = "boundary-of-a-test";

  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  FormBody text(String name, String value) {
    return part("name=\"" + name + "\"", value.getBytes(StandardCharsets.UTF_8));
  }

  FormBody file(String name, byte[] bytes) {
    return part("name=\"" + name + "\"; filename=\"f\"", bytes);
  }

  private FormBody part(String names, byte[] bytes) {
    body.writeBytes(
        ("--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + names + "\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8));
    body.writeBytes(bytes);
    body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    return this;
  }

  HttpResponse<String> post(Caller caller, String path, String... headers) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(body.toByteArray());
    whole.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return caller.send(
        caller
            .request(path, headers)
            .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
            .POST(HttpRequest.BodyPublishers.ofByteArray(whole.toByteArray())));
  }
}
