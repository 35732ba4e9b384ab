package io.tollgate.identity.internal.signon;

import com.nimbusds.jose.util.JSONArrayUtils;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.SignOnProvider;
import io.tollgate.identity.SignOnProvider.Face;
import java.net.URI;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the setting that names the providers. Nothing of it is repeated: it holds secrets. */
public final class ProviderList {
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,32}");
  private static final Set<String> KNOWN =
      Set.of(
          "name",
          "label",
          "issuer",
          "client_id",
          "client_secret",
          "for",
          "scope",
          "link_verified_email",
          "register",
          "tenant_id");
  private static final int MAX = 32;

  private ProviderList() {}

  /**
   * @throws IllegalArgumentException saying what was expected
   */
  public static List<SignOnProvider> parse(String text) {
    List<Object> list;
    try {
      list = JSONArrayUtils.parse(text);
    } catch (ParseException e) {
      throw new IllegalArgumentException("a list of objects in JSON", e);
    }
    List<SignOnProvider> providers = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Object one : list) {
      if (!(one instanceof Map<?, ?> map)) {
        throw new IllegalArgumentException("a list of objects in JSON");
      }
      SignOnProvider provider = provider(map);
      if (!names.add(provider.name()) || names.size() > MAX) {
        throw new IllegalArgumentException("at most " + MAX + " providers, each name once");
      }
      providers.add(provider);
    }
    return providers;
  }

  private static SignOnProvider provider(Map<?, ?> map) {
    for (Object key : map.keySet()) {
      if (!KNOWN.contains(String.valueOf(key))) {
        throw new IllegalArgumentException("no " + key + "; one of " + String.join(", ", KNOWN));
      }
    }
    String name = text(map, "name").orElse("");
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("a name of 1 to 32 of a-z 0-9 - for each provider");
    }
    URI issuer = issuer(text(map, "issuer").orElse(""));
    return new SignOnProvider(
        name,
        text(map, "label").orElse(name),
        issuer,
        text(map, "client_id")
            .orElseThrow(() -> new IllegalArgumentException("a client_id for " + name)),
        text(map, "client_secret"),
        faces(text(map, "for").orElse("users")),
        text(map, "scope").orElse("openid email profile"),
        flag(map, "link_verified_email", false),
        flag(map, "register", true),
        number(map, "tenant_id").map(TenantId::new));
  }

  private static URI issuer(String text) {
    String expected = "an issuer, https://… (http:// on this machine only)";
    try {
      URI uri = URI.create(text);
      boolean here = "127.0.0.1".equals(uri.getHost()) || "localhost".equals(uri.getHost());
      if (uri.getHost() == null
          || uri.getRawQuery() != null
          || uri.getRawFragment() != null
          || !("https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && here))) {
        throw new IllegalArgumentException(expected);
      }
      return uri;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(expected, e);
    }
  }

  private static Set<Face> faces(String text) {
    Set<Face> faces = EnumSet.noneOf(Face.class);
    for (String word : text.split("[ ,]+", -1)) {
      switch (word) {
        case "users" -> faces.add(Face.USERS);
        case "admins" -> faces.add(Face.ADMINS);
        default -> throw new IllegalArgumentException("for: users, admins or both");
      }
    }
    return faces;
  }

  private static Optional<String> text(Map<?, ?> map, String key) {
    Object value = map.get(key);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof String text && !text.isBlank()) {
      return Optional.of(text);
    }
    throw new IllegalArgumentException(key + " as a text");
  }

  private static boolean flag(Map<?, ?> map, String key, boolean otherwise) {
    Object value = map.get(key);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof Boolean given) {
      return given;
    }
    throw new IllegalArgumentException(key + ": true or false");
  }

  private static Optional<Long> number(Map<?, ?> map, String key) {
    Object value = map.get(key);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof Number number && number.longValue() > 0) {
      return Optional.of(number.longValue());
    }
    throw new IllegalArgumentException(key + ": a whole number from 1");
  }
}
