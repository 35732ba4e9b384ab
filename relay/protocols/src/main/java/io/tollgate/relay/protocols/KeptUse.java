package io.tollgate.relay.protocols;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a request has to do with what its provider keeps.
 *
 * @param previous id of the answer that it goes on from; only the account that made that has it
 * @param files ids of the files that it names, each once; only the account that keeps them has them
 * @param background whether the answer is made while nobody waits for it, and asked for later
 * @param stored whether the provider keeps the answer under an id, to be asked for later
 */
public record KeptUse(
    Optional<String> previous, List<String> files, boolean background, boolean stored) {
  /** Most files that one request may name. */
  public static final int MAX_FILES = 100;

  /** Nothing: what most protocols' requests have. */
  public static final KeptUse NONE = new KeptUse(Optional.empty(), List.of(), false, false);

  public KeptUse {
    requireNonNull(previous, "previous is null");
    files = List.copyOf(files);
  }

  /** Of a request that has nothing to do with what is kept but for the files that it names. */
  public static KeptUse ofFiles(List<String> files) {
    return files.isEmpty() ? NONE : new KeptUse(Optional.empty(), files, false, false);
  }

  /** Whether it names anything that one account alone has. */
  public boolean named() {
    return previous.isPresent() || !files.isEmpty();
  }

  /**
   * The files with one more, if it is not among them.
   *
   * @param field where the request names it
   * @throws RequestFault where that are too many
   */
  public static List<String> with(List<String> files, String field, String more) {
    if (files.contains(more)) {
      return files;
    }
    if (files.size() == MAX_FILES) {
      throw RequestFault.of(
          field, "one file too many (expected: at most " + MAX_FILES + " files in a request)");
    }
    List<String> all = new ArrayList<>(files);
    all.add(more);
    return all;
  }
}
