package io.tollgate.identity.internal;

/**
 * How a secret of ours looks: a prefix that tells its kind, then {@value RandomText#SECRET_LENGTH}
 * letters and digits. What looks otherwise is refused without asking anybody.
 */
enum SecretShape {
  API_KEY("sk-"),
  SERVICE_TOKEN("svc-");

  /** Characters of a secret that are stored in clear, for its owner to know it by. */
  private static final int SHOWN = 5;

  private final String prefix;

  SecretShape(String prefix) {
    this.prefix = prefix;
  }

  String make(RandomText random) {
    return prefix + random.secret();
  }

  String shownPart(String secret) {
    return secret.substring(0, prefix.length() + SHOWN);
  }

  boolean hasPrefix(String presented) {
    return presented.startsWith(prefix);
  }

  boolean fits(String presented) {
    if (presented.length() != prefix.length() + RandomText.SECRET_LENGTH || !hasPrefix(presented)) {
      return false;
    }
    for (int i = prefix.length(); i < presented.length(); i++) {
      char c = presented.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      boolean letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
      if (!digit && !letter) {
        return false;
      }
    }
    return true;
  }
}
