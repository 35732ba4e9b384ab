package io.tollgate.sandbox.internal.batches;

import static io.tollgate.sandbox.internal.openai.OpenAiDialect.OPENAI;

import io.tollgate.sandbox.internal.content.Seeds;
import io.tollgate.sandbox.internal.exchange.Asked;
import io.tollgate.sandbox.internal.exchange.Outgoing;
import io.tollgate.sandbox.internal.exchange.Owner;
import io.tollgate.sandbox.internal.exchange.Reply;
import io.tollgate.sandbox.internal.exchange.Routes;
import io.tollgate.sandbox.internal.forms.Form;
import io.tollgate.sandbox.internal.json.Problem;
import io.tollgate.sandbox.internal.served.Usage;
import io.tollgate.sandbox.internal.steering.Steering;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.stream.Collectors;

/** {@code /v1/files} and what is below it. */
final class FileEndpoints {
  private static final List<String> PURPOSES =
      List.of("batch", "assistants", "fine-tune", "vision", "user_data", "evals");

  private final FileStore files;

  FileEndpoints(FileStore files) {
    this.files = files;
  }

  void add(Routes routes) {
    routes.counted(HttpMethod.POST, "/v1/files", OPENAI, this::create);
    routes.counted(HttpMethod.GET, "/v1/files", OPENAI, this::list);
    routes.counted(HttpMethod.GET, "/v1/files/{}", OPENAI, this::get);
    routes.counted(HttpMethod.DELETE, "/v1/files/{}", OPENAI, this::delete);
    routes.counted(HttpMethod.GET, "/v1/files/{}/content", OPENAI, this::content);
  }

  private Reply create(Asked asked, Steering steering) {
    Form form = Form.of(asked);
    form.required("purpose");
    String purpose = form.word("purpose", PURPOSES);
    Form.Part file = form.file("file");
    if (file.bytes().length == 0) {
      throw Problem.invalid("file", "", "The file is empty (expected: some bytes).");
    }
    return new Reply(
        "files",
        Usage.NONE,
        stamp -> {
          FileStore.Kept kept =
              new FileStore.Kept(
                  "file-" + Long.toHexString(Seeds.mix(stamp.number() * 31 + stamp.seconds())),
                  Owner.of(asked),
                  file.fileName().orElse("file"),
                  purpose,
                  file.bytes().length,
                  stamp.seconds());
          files.put(kept, file.bytes());
          return Outgoing.json(kept.json());
        });
  }

  private Reply list(Asked asked, Steering steering) {
    List<FileStore.Kept> own =
        files.of(Owner.of(asked)).stream()
            .filter(kept -> asked.query("purpose").map(kept.purpose()::equals).orElse(true))
            .toList();
    return Reply.free(
        "files",
        "{\"object\":\"list\",\"data\":["
            + own.stream().map(FileStore.Kept::json).collect(Collectors.joining(","))
            + "],\"has_more\":false}");
  }

  private FileStore.Kept find(Asked asked) {
    return files
        .find(asked.subject(), Owner.of(asked))
        .orElseThrow(() -> Problem.missing("", "No such File object: " + asked.subject()));
  }

  private Reply get(Asked asked, Steering steering) {
    return Reply.free("files", find(asked).json());
  }

  private Reply delete(Asked asked, Steering steering) {
    FileStore.Kept kept = find(asked);
    return new Reply(
        "files",
        Usage.NONE,
        stamp -> {
          files.delete(kept);
          return Outgoing.json(
              "{\"id\":\"" + kept.id() + "\",\"object\":\"file\",\"deleted\":true}");
        });
  }

  private Reply content(Asked asked, Steering steering) {
    byte[] bytes = files.content(find(asked));
    return new Reply(
        "files",
        Usage.NONE,
        stamp -> new Outgoing.Whole("application/octet-stream", Buffer.buffer(bytes)));
  }
}
