package io.tollgate.relay.protocols.anthropic.request;

/** Requests in the shapes that Anthropic's reference describes. */
public final class Requests {
  /** A turn of a coding agent: everything at once. */
  public static final String AGENT =
      """
      {"model":"claude-sonnet-4-5","max_tokens":4000,"stream":true,
       "system":[{"type":"text","text":"Be brief."},
        {"type":"text","text":"You are an agent.","cache_control":{"type":"ephemeral","ttl":"1h"}}],
       "messages":[
        {"role":"user","content":[{"type":"text","text":"Look:"},
         {"type":"image","source":{"type":"base64","media_type":"image/png","data":"QUJD"}},
         {"type":"image","source":{"type":"url","url":"https://x.test/y.png"}},
         {"type":"document","title":"notes","source":{"type":"text","media_type":"text/plain","data":"words"},
          "cache_control":{"type":"ephemeral"}}]},
        {"role":"assistant","content":[
         {"type":"thinking","thinking":"Hm.","signature":"c2ln"},
         {"type":"redacted_thinking","data":"ZGF0YQ=="},
         {"type":"text","text":"I look."},
         {"type":"tool_use","id":"toolu_1","name":"weather","input":{"town": "Paris"}},
         {"type":"tool_use","id":"toolu_2","name":"look","input":{}}]},
        {"role":"user","content":[
         {"type":"tool_result","tool_use_id":"toolu_1","content":"rain","is_error":true},
         {"type":"tool_result","tool_use_id":"toolu_2","content":[{"type":"text","text":"seen"},
          {"type":"image","source":{"type":"base64","media_type":"image/jpeg","data":"QUJD"}}]},
         {"type":"text","text":"And now?"}]},
        {"role":"system","content":"Hurry."}],
       "tools":[{"name":"weather","description":"Tells it.","input_schema":{"type":"object",
         "properties":{"town":{"type":"string"}},"required":["town"]},"cache_control":{"type":"ephemeral"}},
        {"name":"look","input_schema":{"type":"object"}}],
       "tool_choice":{"type":"tool","name":"weather","disable_parallel_tool_use":true},
       "temperature":0.5,"top_p":0.9,"top_k":40,"stop_sequences":["END"],
       "metadata":{"user_id":"u-1"},"inference_geo":"us"}""";

  private Requests() {}
}
