package io.tollgate.relay.protocols.responses.request;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Protocol;
import io.tollgate.relay.protocols.InputText;
import io.tollgate.relay.protocols.KeptUse;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.conversation.Signature;
import io.tollgate.relay.protocols.internal.json.JsonNames;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonToken;
import io.tollgate.relay.protocols.internal.json.ParameterValues;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request's input in passing: what of it counts, and whether it is what the protocol allows
 * as far as that can be seen without knowing all of it. Items of kinds that are not known pass.
 */
final class ItemsReader {
  private static final int ITEM_TOKENS = 4;
  private static final int MAX_SHOWN = 32;

  private static final JsonNames<Kind> KINDS =
      new JsonNames.Builder<Kind>()
          .add(Kind.MESSAGE, "message")
          .add(Kind.FUNCTION_CALL, "function_call")
          .add(Kind.FUNCTION_CALL_OUTPUT, "function_call_output")
          .add(Kind.ITEM_REFERENCE, "item_reference")
          .build();

  /** Who speaks, and whether it is the user. */
  private static final JsonNames<Boolean> ROLES =
      new JsonNames.Builder<Boolean>()
          .add(true, "user")
          .add(false, "assistant", "system", "developer")
          .build();

  private static final JsonNames<Member> MEMBERS =
      new JsonNames.Builder<Member>()
          .add(Member.TYPE, "type")
          .add(Member.ROLE, "role")
          .add(Member.CALL_ID, "call_id")
          .add(Member.ENCRYPTED, "encrypted_content")
          .add(Member.CONTENT, "content", "output")
          .add(Member.NAME, "name")
          .add(Member.ARGUMENTS, "arguments")
          .add(Member.FRAMING, "id", "status")
          .build();

  private final JsonScanner scanner;
  private final byte[] body;
  private final InputText.Collector input;
  private final ResponsesFields fields;
  private final ContentReader content;
  // as text, which is found fast among others of the same hash
  private final Set<String> calls = new HashSet<>();
  private int items;
  private boolean text;
  private int orphan = -1;
  private boolean referred;
  // where the item before ends that is kept; -1: none is
  private int keptTo = -1;
  private int cutFrom = -1;

  ItemsReader(JsonScanner scanner, byte[] body, InputText.Collector input, ResponsesFields fields) {
    this.scanner = requireNonNull(scanner, "scanner is null");
    this.body = requireNonNull(body, "body is null");
    this.input = requireNonNull(input, "input is null");
    this.fields = requireNonNull(fields, "fields is null");
    this.content = new ContentReader(scanner, body, input);
  }

  private enum Kind {
    MESSAGE,
    FUNCTION_CALL,
    FUNCTION_CALL_OUTPUT,
    ITEM_REFERENCE
  }

  private enum Member {
    TYPE,
    ROLE,
    CALL_ID,
    ENCRYPTED,
    CONTENT,
    NAME,
    ARGUMENTS,
    FRAMING
  }

  /** Reads the value whose first token was just returned. */
  void read(JsonToken token) {
    switch (token) {
      case STRING -> {
        text = scanner.end() > scanner.start();
        input.tokens(ITEM_TOKENS);
        input.text(scanner.start(), scanner.end(), scanner.escaped());
        input.opened();
      }
      case ARRAY_START -> {
        for (JsonToken next = scanner.next(); next != JsonToken.ARRAY_END; next = scanner.next()) {
          if (next != JsonToken.OBJECT_START) {
            throw fault("", ParameterValues.name(next) + " (expected: an item, an object)");
          }
          readItem(scanner.start());
          items++;
        }
        if (cutFrom >= 0 && keptTo < 0) {
          // nothing is kept: the array stays, without what is in it
          fields.foreign.add(new ResponsesFields.Cut(cutFrom, scanner.start()));
        }
        fields.inputElsewhere |= content.elsewhere();
        for (String file : content.files()) {
          fields.files = KeptUse.with(fields.files, "input", file);
        }
      }
      case NULL -> {}
      case OBJECT_START, OBJECT_END, ARRAY_END, NAME, NUMBER, TRUE, FALSE, END ->
          throw RequestFault.of(
              "input", ParameterValues.name(token) + " (expected: a string or an array of items)");
    }
  }

  /**
   * Checks what is asked for without anything that the provider has kept.
   *
   * @param given whether there is an input
   */
  void requireWhole(boolean given) {
    if (!given) {
      throw RequestFault.of("input", "missing (expected: a string or an array of items)");
    }
    if (!text && items == 0) {
      throw RequestFault.of("input", "empty (expected: a text, or at least one item)");
    }
    if (orphan >= 0 && !referred) {
      throw RequestFault.of(
          "input[" + orphan + "].call_id",
          "no call before it has this id (expected: the call_id of a function_call)");
    }
  }

  private void readItem(int from) {
    Item item = new Item();
    while (scanner.next() != JsonToken.OBJECT_END) {
      Member member = MEMBERS.find(scanner);
      if (member == null) {
        content.member("input[" + items + "]");
      } else {
        readMember(member, item);
      }
    }
    input.tokens(ITEM_TOKENS);
    require(item);
    if (item.byUser) {
      input.opened();
    }
    cut(item, from, scanner.end());
  }

  /** What an item's members say of it. */
  private static final class Item {
    @Nullable Kind kind;
    boolean typed;
    boolean role;
    boolean roleKnown;
    boolean byUser;
    String roleShown = "";
    @Nullable JsonString callId;
    boolean content;
    boolean name;
    boolean arguments;
    boolean foreign;
  }

  private void readMember(Member member, Item item) {
    JsonToken token = scanner.next();
    boolean string = token == JsonToken.STRING;
    switch (member) {
      case TYPE -> {
        if (!string && token != JsonToken.NULL) {
          throw fault(".type", ParameterValues.name(token) + " (expected: a string)");
        }
        item.typed = string;
        item.kind = string ? KINDS.find(scanner) : null;
      }
      case ROLE -> {
        item.role = true;
        Boolean user = string ? ROLES.find(scanner) : null;
        item.roleKnown = user != null;
        item.byUser = user != null && user;
        item.roleShown = string ? shown() : ParameterValues.name(token);
        scanner.skipRest(token);
      }
      case CALL_ID -> {
        item.callId = string ? JsonString.of(scanner, body) : null;
        scanner.skipRest(token);
      }
      case ENCRYPTED -> {
        if (string) {
          JsonString sealed = JsonString.of(scanner, body);
          item.foreign =
              Signature.carried(Protocol.RESPONSES, sealed).protocol() != Protocol.RESPONSES;
          content.sealed();
        }
        scanner.skipRest(token);
      }
      case CONTENT -> {
        item.content = token != JsonToken.NULL;
        content.parts("input[" + items + "]", token);
      }
      case NAME, ARGUMENTS -> {
        item.name |= member == Member.NAME && string;
        item.arguments |= member == Member.ARGUMENTS && string;
        content.value("input[" + items + "]", token);
      }
      case FRAMING -> scanner.skipRest(token);
    }
  }

  private void require(Item item) {
    Kind kind = item.kind;
    if (!item.typed) {
      kind = item.role || item.content ? Kind.MESSAGE : Kind.ITEM_REFERENCE;
    }
    if (kind == null) {
      return;
    }
    switch (kind) {
      case MESSAGE -> {
        if (!item.role || !item.roleKnown) {
          throw fault(
              ".role",
              (item.role ? item.roleShown : "missing")
                  + " (expected: user, assistant, system or developer)");
        }
        if (!item.content) {
          throw fault(".content", "missing (expected: a string or an array of parts)");
        }
      }
      case FUNCTION_CALL -> {
        JsonString id = callId(item);
        if (!item.name || !item.arguments) {
          throw fault(item.name ? ".arguments" : ".name", "missing (expected: a string)");
        }
        calls.add(id.text());
      }
      case FUNCTION_CALL_OUTPUT -> {
        if (!calls.contains(callId(item).text()) && orphan < 0) {
          orphan = items;
        }
        if (!item.content) {
          throw fault(".output", "missing (expected: a string or an array of parts)");
        }
      }
      case ITEM_REFERENCE -> {
        referred = true;
        fields.inputElsewhere = true;
      }
    }
  }

  private JsonString callId(Item item) {
    JsonString id = item.callId;
    if (id == null || id.isEmpty()) {
      throw fault(".call_id", "missing (expected: the id of a call, a string)");
    }
    return id;
  }

  /** Marks an item to be left out where it is for another protocol's provider. */
  private void cut(Item item, int from, int to) {
    if (!item.foreign) {
      if (keptTo < 0 && cutFrom >= 0) {
        // all before it go, with the commas behind them
        fields.foreign.add(new ResponsesFields.Cut(cutFrom, from));
      }
      keptTo = to;
    } else if (keptTo >= 0) {
      fields.foreign.add(new ResponsesFields.Cut(keptTo, to));
      keptTo = to;
    } else if (cutFrom < 0) {
      cutFrom = from;
    }
  }

  private String shown() {
    String role = scanner.end() - scanner.start() > 6 * MAX_SHOWN ? "" : scanner.text();
    return role.isEmpty() || role.length() > MAX_SHOWN ? "a text" : '"' + role + '"';
  }

  private RequestFault fault(String member, String given) {
    return RequestFault.of("input[" + items + "]" + member, given);
  }
}
