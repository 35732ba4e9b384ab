package io.tollgate.contracts;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The OpenAPI 3.1 description of the HTTP interfaces, as it is kept beside this class. */
public final class ApiDescription {
  private static final String RESOURCE = "/openapi/tollgate.yaml";

  private ApiDescription() {}

  /** The description as YAML; read anew on every call. */
  public static String yaml() {
    try (InputStream file = ApiDescription.class.getResourceAsStream(RESOURCE)) {
      if (file == null) {
        throw new IllegalStateException("resource: " + RESOURCE + " (expected: in the build)");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
