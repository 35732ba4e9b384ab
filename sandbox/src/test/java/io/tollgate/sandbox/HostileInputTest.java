package io.tollgate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Whatever a field of a good request is replaced by is answered, and with no failure of ours. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileInputTest {
  private static final long SEED = 20_261_129;
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "-1",
          "1e999",
          "1" + "0".repeat(40),
          "0.5",
          "\"\"",
          "\"\\u0000\\ud800\"",
          "[]",
          "{}",
          "[[]]",
          "[null]",
          "[7]",
          "{\"type\":7}",
          "{\"type\":\"text\"}",
          "[{\"type\":{}}]",
          "{\"$ref\":\"#\"}",
          "[".repeat(400) + "]".repeat(400));

  private final SandboxProvider sandbox;
  private final Caller caller;

  HostileInputTest(@TempDir Path dir) {
    sandbox = SandboxProvider.start(SandboxOptions.local(0, dir));
    caller = new Caller(sandbox.port());
  }

  @AfterAll
  void stop() {
    sandbox.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "/v1/chat/completions | {'model':'m','max_completion_tokens':5,'stop':['a'],'n':1,'temperature':1,'messages':[{'role':'system','content':'s'},{'role':'user','content':[{'type':'text','text':'x'},{'type':'image_url','image_url':{'url':'https://x.y/z'}}]},{'role':'assistant','tool_calls':[{'id':'c','type':'function','function':{'name':'f','arguments':'{}'}}]},{'role':'tool','tool_call_id':'c','content':'r'}],'tools':[{'type':'function','function':{'name':'f','parameters':{'type':'object','properties':{'a':{'type':'string'}}}}}],'tool_choice':'auto','response_format':{'type':'json_schema','json_schema':{'name':'n','schema':{'type':'object'}}}}",
        "/v1/responses | {'model':'m','instructions':'i','max_output_tokens':50,'input':[{'role':'user','content':[{'type':'input_text','text':'x'}]},{'type':'function_call','call_id':'c','name':'f','arguments':'{}'},{'type':'function_call_output','call_id':'c','output':'r'},{'type':'reasoning','id':'r','summary':[{'type':'summary_text','text':'t'}]}],'tools':[{'type':'function','name':'f','parameters':{'type':'object'}}],'tool_choice':'auto','text':{'format':{'type':'json_schema','name':'n','schema':{'type':'object'}}},'reasoning':{'effort':'low','summary':'auto'},'include':[],'store':false,'metadata':{}}",
        "/v1/messages | {'model':'m','max_tokens':2000,'system':[{'type':'text','text':'s','cache_control':{'type':'ephemeral','ttl':'5m'}}],'messages':[{'role':'user','content':'x'},{'role':'assistant','content':[{'type':'tool_use','id':'t','name':'f','input':{}}]},{'role':'user','content':[{'type':'tool_result','tool_use_id':'t','content':[{'type':'text','text':'r'}],'is_error':false},{'type':'document','source':{'type':'text','media_type':'text/plain','data':'d'}}]}],'tools':[{'name':'f','input_schema':{'type':'object'}}],'tool_choice':{'type':'auto'},'thinking':{'type':'adaptive'},'stop_sequences':['a'],'output_config':{'effort':'low','format':{'type':'json_schema','schema':{'type':'object','additionalProperties':false}}}}",
        "/v1beta/models/g:generateContent | {'systemInstruction':{'parts':[{'text':'s'}]},'contents':[{'role':'user','parts':[{'text':'x'},{'inlineData':{'mimeType':'image/png','data':'AAAA'}}]},{'role':'model','parts':[{'functionCall':{'name':'f','args':{}}}]},{'role':'user','parts':[{'functionResponse':{'name':'f','response':{}}}]}],'tools':[{'functionDeclarations':[{'name':'f','parameters':{'type':'OBJECT','properties':{'a':{'type':'ARRAY','items':{'type':'STRING'}}}}}]}],'toolConfig':{'functionCallingConfig':{'mode':'AUTO'}},'generationConfig':{'maxOutputTokens':5,'stopSequences':['a'],'thinkingConfig':{'thinkingBudget':5},'responseMimeType':'application/json','responseSchema':{'type':'OBJECT'}}}",
        "/v1beta/models/g:batchEmbedContents | {'requests':[{'model':'models/g','content':{'parts':[{'text':'x'}]},'outputDimensionality':3}]}",
        "/v1/embeddings | {'model':'m','input':['x'],'dimensions':3,'encoding_format':'float'}",
        "/v1/rerank | {'model':'m','query':'q','documents':['x',{'text':'y'}],'top_n':1}",
        "/v1/completions | {'model':'m','prompt':['x'],'max_tokens':3,'n':1,'stop':'a'}",
        "/v1/moderations | {'model':'m','input':[{'type':'text','text':'x'}]}",
        "/v1/images/generations | {'model':'gpt-image-1','prompt':'x','n':1,'size':'256x256','quality':'low'}",
        "/v1/audio/speech | {'model':'tts-1','input':'x','voice':'v','response_format':'pcm','speed':1}",
        "/v1/batches | {'input_file_id':'f','endpoint':'/v1/responses','completion_window':'24h','metadata':{}}",
      })
  void any_field_replaced_by_anything_is_answered(String path, String good) {
    String body = good.replace('\'', '"');
    Random random = new Random(SEED);
    JsonNode root = Caller.JSON.readTree(body);
    int places = count(root);
    for (int round = 0; round < 150; round++) {
      String value = VALUES.get(random.nextInt(VALUES.size()));
      String mark = "\"@@@\"";
      JsonNode copy = root.deepCopy();
      replace(copy, new int[] {random.nextInt(places)});
      String sent = copy.toString().replace(mark, value);
      HttpResponse<String> response = caller.post(path, sent);
      assertThat(response.statusCode())
          .as("seed %d: %s → %s", SEED, sent, response.body())
          .isBetween(200, 499);
    }
    assertThat(caller.post(path, body).statusCode()).isLessThan(500);
  }

  private static int count(JsonNode node) {
    int count = 0;
    for (JsonNode below : node) {
      count += 1 + count(below);
    }
    return count;
  }

  /** Puts a mark at the place whose turn it is. */
  private static void replace(JsonNode node, int[] left) {
    if (node instanceof ObjectNode object) {
      for (String name : new ArrayList<>(object.propertyNames())) {
        if (left[0]-- == 0) {
          object.put(name, "@@@");
          return;
        }
        replace(object.path(name), left);
        if (left[0] < 0) {
          return;
        }
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        if (left[0]-- == 0) {
          array.set(i, "@@@");
          return;
        }
        replace(array.get(i), left);
        if (left[0] < 0) {
          return;
        }
      }
    }
  }
}
