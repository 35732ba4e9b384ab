package io.tollgate.relay.accounts;

import io.tollgate.ground.GivenText;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The models of an account.
 *
 * @param listed what it serves, as callers name it; empty for every model
 * @param mapping models that its provider names otherwise, each served too: our name to theirs
 */
public record ModelNames(Optional<Set<String>> listed, Map<String, String> mapping) {
  public static final ModelNames ALL = new ModelNames(Optional.empty(), Map.of());

  private static final int MAX_MODELS = 1000;
  private static final int MAX_CHARACTERS = 256;

  public ModelNames {
    listed = listed.map(Set::copyOf);
    mapping = Map.copyOf(mapping);
    int count = listed.map(Set::size).orElse(1);
    if (count < 1 || count > MAX_MODELS) {
      throw GivenText.refused(
          "models", count + " of them", "1 to " + MAX_MODELS + ", or none given for every model");
    }
    if (mapping.size() > MAX_MODELS) {
      throw GivenText.refused(
          "model_mapping", mapping.size() + " of them", "at most " + MAX_MODELS);
    }
    listed.ifPresent(all -> all.forEach(each -> check("models", each)));
    mapping.forEach(
        (ours, theirs) -> {
          check("model_mapping", ours);
          check("model_mapping", theirs);
        });
  }

  public boolean serves(String model) {
    return listed.isEmpty() || listed.get().contains(model) || mapping.containsKey(model);
  }

  /** What the provider calls the model. */
  public String upstream(String model) {
    return mapping.isEmpty() ? model : mapping.getOrDefault(model, model);
  }

  private static void check(String field, String name) {
    if (name.isBlank()
        || name.length() > MAX_CHARACTERS
        || name.chars().anyMatch(Character::isISOControl)) {
      throw GivenText.refused(field, name, "names of 1 to " + MAX_CHARACTERS + " characters");
    }
  }
}
