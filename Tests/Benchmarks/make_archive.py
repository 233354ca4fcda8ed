"""Makes archives for measurements: the same bytes for the same seed, with the sizes of real traffic or with small ones."""
import json
import random

WORDS = (
    "the model answers a question about harbors ships tides and weather while people wait for their turn at the counter "
    "und manchmal auf Deutsch, très souvent en français, 日本語 too, with numbers 12 and 3.5, code(x) and \"quotes\"\n"
).split(" ")
PROTOCOLS = ["openai.chat"] * 60 + ["openai.embedding"] * 20 + ["anthropic.messages"] * 10 + ["openai.completions"] * 8 + [
    "cohere.rerank", "kserve.infer"]
DAY = 86_400 * 10**9
START = 1_718_000_000 * 10**9


def text(rng, words):
    return " ".join(rng.choices(WORDS, k=words))


def chat(rng):
    turns = rng.choice([1, 1, 2, 4, 8])
    messages = [{"role": "user", "content": text(rng, int(rng.lognormvariate(4, 1)) + 1)} for _ in range(turns)]
    reply = {"role": "assistant", "content": text(rng, int(rng.lognormvariate(4.5, 1)) + 1)}
    request = {"messages": messages, "model": rng.choice(["harbor-1", "harbor-1-mini"]), "temperature": 0.7}
    if rng.random() < 0.3:  # streamed: the array of its events
        pieces = reply["content"].split(" ")
        return request, [
            {"choices": [{"delta": {"content": piece + " "}, "finish_reason": None, "index": 0}], "created": 1718000000,
             "id": "chatcmpl-%016x" % rng.getrandbits(64), "model": request["model"], "object": "chat.completion.chunk"}
            for piece in pieces[:120]]
    return request, {"choices": [{"finish_reason": "stop", "index": 0, "message": reply}],
                     "id": "chatcmpl-%016x" % rng.getrandbits(64), "usage": {"total_tokens": rng.randrange(4000)}}


def embedding(rng):
    vector = [round(rng.gauss(0, 0.03), 8) for _ in range(rng.choice([256, 512, 1024]))]
    return {"input": text(rng, 20), "model": "harbor-embed"}, {"data": [{"embedding": vector, "index": 0}]}


def small(rng):
    return ({"model": "harbor-1", "messages": [{"role": "user", "content": text(rng, 12)}]},
            {"choices": [{"message": {"content": text(rng, 16)}, "finish_reason": "stop"}], "usage": {"total": 31}})


def write(path, count, kind, seed=1):
    """Writes `count` lines in the reference form, nearly in order of arrival over one day."""
    rng = random.Random(seed)
    # Making a payload takes longer than storing it: a few thousand are made and drawn from.
    pool = []
    for _ in range(min(count, 4000)):
        tag = rng.choice(PROTOCOLS)
        make = small if kind == "small" else embedding if tag == "openai.embedding" else chat
        request, response = make(rng)
        pool.append((tag, "".join((
            ',"protocol":"', tag, '","request":', json.dumps(request, ensure_ascii=False, separators=(",", ":")),
            ',"response":', json.dumps(response, ensure_ascii=False, separators=(",", ":")), "}\n")).encode()))
    with open(path, "wb", buffering=1 << 20) as out:
        for index in range(count):
            received = START + DAY * index // count + rng.randrange(10**9)
            tag, rest = pool[rng.randrange(len(pool))]
            out.write(b'{"recv_ts_ns":%d,"latency_ns":%d' % (received, int(rng.lognormvariate(20, 0.8))) + rest)
