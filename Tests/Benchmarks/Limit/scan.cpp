// What simdjson makes of an archive's lines: the five members of each, the payloads as raw JSON. Its on-demand interface
// does not check what it skips, and so refuses less than Tapedeck must; it is here for its speed.
//
//     scan ARCHIVE      prints how many lines and payload bytes there were
#include <fcntl.h>
#include <simdjson.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

using namespace simdjson;

static void stop(const char *what) {
    std::fprintf(stderr, "scan: %s\n", what);
    std::exit(1);
}

// The text of a member's value.
static std::string_view text(ondemand::value value) {
    std::string_view text;
    ondemand::json_type type;
    if (value.type().get(type)) stop("type");
    switch (type) {
        case ondemand::json_type::object: {
            ondemand::object object;
            if (value.get_object().get(object) || object.raw_json().get(text)) stop("object");
            return text;
        }
        case ondemand::json_type::array: {
            ondemand::array array;
            if (value.get_array().get(array) || array.raw_json().get(text)) stop("array");
            return text;
        }
        default:
            return value.raw_json_token();
    }
}

int main(int argc, char **argv) {
    if (argc != 2) stop("usage: scan ARCHIVE");
    int file = open(argv[1], O_RDONLY);
    if (file < 0) stop("archive");
    // The block of Tapedeck's own reader, so that both read alike.
    const size_t capacity = 8 << 20;
    char *block = static_cast<char *>(std::malloc(capacity + SIMDJSON_PADDING));
    ondemand::parser parser;
    size_t held = 0, lines = 0, bytes = 0;
    uint64_t sum = 0;
    while (true) {
        ssize_t count = read(file, block + held, (1 << 20) < capacity - held ? 1 << 20 : capacity - held);
        if (count <= 0) break;
        held += count;
        char *line = block, *end = block + held;
        while (char *feed = static_cast<char *>(std::memchr(line, '\n', end - line))) {
            ondemand::document document;
            if (parser.iterate(line, feed - line, (block + capacity + SIMDJSON_PADDING) - line).get(document)) stop("line");
            uint64_t received, latency;
            std::string_view protocol, request, response;
            ondemand::object object;
            ondemand::value value;
            if (document.get_object().get(object)) stop("object");
            if (object["recv_ts_ns"].get_uint64().get(received)) stop("recv_ts_ns");
            if (object["latency_ns"].get(value)) stop("latency_ns");
            if (!value.is_null()) {
                if (value.get_uint64().get(latency)) stop("latency_ns");
                sum += latency;
            }
            if (object["protocol"].get_string().get(protocol)) stop("protocol");
            if (object["request"].get(value)) stop("request");
            request = text(value);
            if (object["response"].get(value)) stop("response");
            response = text(value);
            sum += received;
            bytes += request.size() + response.size();
            lines++;
            line = feed + 1;
        }
        held = end - line;
        std::memmove(block, line, held);
    }
    std::printf("%zu lines, %zu bytes of payloads, sum %llu\n", lines, bytes, static_cast<unsigned long long>(sum));
}
