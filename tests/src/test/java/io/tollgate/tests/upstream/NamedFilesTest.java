package io.tollgate.tests.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Requests name files by their ids: only the caller's own, wherever a request can name one. */
@Tag("slow")
@ExtendWith(SharedSite.class)
class NamedFilesTest {
  private final Site site;

  NamedFilesTest(Site site) {
    this.site = site;
  }

  /** A way to name a file in a request. */
  private record Naming(String path, String body) {
    String of(String file) {
      return body.replace('\'', '"').replace("@", file);
    }
  }

  private static final List<Naming> NAMINGS =
      List.of(
          new Naming(
              "/v1/chat/completions",
              "{'model':'gpt-4o-mini','max_tokens':9,'messages':[{'role':'user','content':[{'type':'text','text':'Read'},{'type':'file','file':{'file_id':'@'}}]}]}"),
          new Naming(
              "/v1/responses",
              "{'model':'gpt-4o-mini','max_output_tokens':16,'input':[{'role':'user','content':[{'type':'input_file','file_id':'@'}]}]}"),
          new Naming(
              "/v1/responses",
              "{'model':'gpt-4o-mini','max_output_tokens':16,'input':[{'role':'user','content':[{'type':'input_image','file_id':'@'}]}]}"),
          new Naming(
              "/v1/responses",
              "{'model':'gpt-4o-mini','max_output_tokens':16,'input':'Read','tools':[{'type':'code_interpreter','container':{'type':'auto','file_ids':['@']}}]}"),
          new Naming(
              "/v1/responses",
              "{'model':'gpt-4o-mini','max_output_tokens':16,'prompt':{'id':'pmpt_1','variables':{'a':{'type':'input_file','file_id':'@'}}}}"));

  @Test
  void a_file_of_somebody_else_is_not_there_exactly_as_one_that_is_nowhere() {
    Payer owner = site.payer("1");
    Payer other = site.payer("1");
    Payer stranger = site.strangerWithQuota(1_000_000);
    site.sandboxAccount();
    String file = upload(owner);
    for (Naming naming : NAMINGS) {
      long before = site.client().served().required("requests").asLong();
      Answered foreign = other.post(naming.path, naming.of(file));
      Answered nowhere = other.post(naming.path, naming.of("file-nowhere"));
      assertThat(foreign.status()).as(naming + foreign.body()).isEqualTo(404);
      assertThat(foreign.body().replace(file, "file-nowhere")).isEqualTo(nowhere.body());
      assertThat(stranger.post(naming.path, naming.of(file)).body()).isEqualTo(foreign.body());
      assertThat(site.client().served().required("requests").asLong()).isEqualTo(before);
      Answered own = owner.post(naming.path, naming.of(file));
      assertThat(own.status()).as(naming + own.body()).isEqualTo(200);
      assertThat(owner.charged(own).cost()).isPositive();
    }
    assertThat(other.balance()).isEqualByComparingTo("1");
  }

  @Test
  void files_that_cannot_have_been_uploaded_here_are_not_there() {
    Payer payer = site.payer("1");
    site.sandboxAccount();
    Answered claude =
        payer.post(
            "/v1/messages",
            "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"document\",\"source\":{\"type\":\"file\",\"file_id\":\"file_011\"}}]}]}",
            "anthropic-version",
            "2023-06-01");
    assertThat(claude.status()).as(claude.body()).isEqualTo(404);
    assertThat(claude.json().at("/error/type").asString()).isEqualTo("not_found_error");
    StringBuilder many = new StringBuilder();
    for (int file = 0; file < 101; file++) {
      many.append(",{\"type\":\"file\",\"file\":{\"file_id\":\"file-").append(file).append("\"}}");
    }
    Answered tooMany =
        payer.post(
            "/v1/chat/completions",
            "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":["
                + many.substring(1)
                + "]}]}");
    assertThat(tooMany.status()).as(tooMany.body()).isEqualTo(400);
    assertThat(tooMany.body()).contains("at most 100 files");
  }

  @Test
  void what_a_provider_found_in_its_files_comes_back_as_it_was() {
    Payer payer = site.payer("1");
    site.sandboxAccount();
    Answered answered =
        payer.post(
            "/v1/responses",
            "{\"model\":\"gpt-4o-mini\",\"max_output_tokens\":16,\"input\":[{\"type\":\"file_search_call\",\"id\":\"fs_1\",\"status\":\"completed\",\"queries\":[\"gate\"],\"results\":[{\"file_id\":\"file-of-the-operator\",\"text\":\"gate\"}]},{\"role\":\"user\",\"content\":\"Go on\"}]}");
    assertThat(answered.status()).as(answered.body()).isEqualTo(200);
  }

  private static String upload(Payer payer) {
    String form =
        "--b\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nuser_data\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\nA gate\r\n--b--\r\n";
    Answered made =
        payer.post(
            "/v1/files", "multipart/form-data; boundary=b", form.getBytes(StandardCharsets.UTF_8));
    assertThat(made.status()).as(made.body()).isEqualTo(200);
    return made.json().required("id").asString();
  }
}
