package io.tollgate.relay.protocols.gemini.request;

import io.tollgate.relay.protocols.conversation.Conversation;
import io.tollgate.relay.protocols.conversation.Media;
import io.tollgate.relay.protocols.conversation.Part;
import io.tollgate.relay.protocols.conversation.Turn;
import io.tollgate.relay.protocols.internal.json.JsonString;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which addresses Gemini reads itself: those of Google's own files. All others must be fetched. */
public final class MediaAddresses {
  private static final String FILES_HOST = "https://generativelanguage.googleapis.com/";

  private MediaAddresses() {}

  static boolean isGoogles(String address) {
    return address.startsWith("gs://")
        || (address.startsWith(FILES_HOST) && address.contains("/files/"));
  }

  /** The addresses in a conversation that must be fetched before Gemini is asked, each once. */
  public static List<String> toFetch(Conversation conversation) {
    Set<String> addresses = new LinkedHashSet<>();
    for (Turn turn : conversation.turns()) {
      addAll(addresses, turn.parts());
    }
    return new ArrayList<>(addresses);
  }

  private static void addAll(Set<String> addresses, List<Part> parts) {
    for (Part part : parts) {
      switch (part) {
        case Part.Image image -> add(addresses, image.media());
        case Part.Document document -> add(addresses, document.media());
        case Part.Audio audio -> add(addresses, audio.media());
        case Part.ToolResult result -> addAll(addresses, result.content());
        case Part.Text _,
            Part.Refusal _,
            Part.ToolCall _,
            Part.Thinking _,
            Part.RedactedThinking _ -> {}
      }
    }
  }

  private static void add(Set<String> addresses, Media media) {
    if (media instanceof Media.Address(JsonString url) && !isGoogles(url.text())) {
      addresses.add(url.text());
    }
  }
}
