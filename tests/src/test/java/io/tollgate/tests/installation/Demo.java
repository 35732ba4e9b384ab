package io.tollgate.tests.installation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What demo.json says. */
public record Demo(
    URI publicUrl,
    URI privateUrl,
    String grpc,
    URI sandboxUrl,
    String serviceToken,
    Merchant merchant,
    List<User> users) {
  public Demo {
    users = List.copyOf(users);
  }

  /** A demo user. */
  public record User(String userId, String apiKey, String email, String password) {}

  /** With which the demo tenant's own server signs. */
  public record Merchant(String appKey, String appSecret) {}

  public User user(int index) {
    return users.get(index);
  }

  public static Demo read(Path file) {
    try {
      JsonNode json = JsonMapper.shared().readTree(Files.readAllBytes(file));
      return new Demo(
          URI.create(json.required("public_url").asString()),
          URI.create(json.required("private_url").asString()),
          json.required("grpc").asString(),
          URI.create(json.required("sandbox_url").asString()),
          json.required("service_token").asString(),
          new Merchant(
              json.required("tenant").required("app_key").asString(),
              json.required("tenant").required("app_secret").asString()),
          StreamSupport.stream(json.required("users").spliterator(), false)
              .map(
                  user ->
                      new User(
                          user.required("user_id").asString(),
                          user.required("api_key").asString(),
                          user.required("email").asString(),
                          user.required("password").asString()))
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
