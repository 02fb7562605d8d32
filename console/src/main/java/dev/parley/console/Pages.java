package dev.parley.console;

import dev.parley.protocol.Bytes;
import dev.parley.transport.HttpRequest;
import dev.parley.transport.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The console's files, read from the class path when first asked for and kept, since they are few. A browser asks again
 * each time, and is told if a file is still the same (RFC 9110 section 13).
 */
final class Pages {
    /** Nothing but files of this folder can be named: no dots in folders, none at the start. */
    private static final Pattern NAME = Pattern.compile("([a-z0-9-]+/)*[A-Za-z0-9-]+(\\.[A-Za-z0-9]+)+");

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "ts", "text/plain; charset=utf-8",
            "txt", "text/plain; charset=utf-8",
            "svg", "image/svg+xml");

    /** Everything comes from this server; no script and no style stands in a page itself. */
    private static final Map<String, String> PROTECTION = Map.of(
            "content-security-policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " media-src 'self' blob:; worker-src 'self'; form-action 'none'; base-uri 'none';"
                    + " frame-ancestors 'none'",
            "permissions-policy",
            "microphone=(self), camera=(), geolocation=()",
            "referrer-policy",
            "no-referrer",
            "x-content-type-options",
            "nosniff",
            "cross-origin-opener-policy",
            "same-origin");

    private final Map<String, Page> pages = new ConcurrentHashMap<>();

    /** A file for the console itself. */
    HttpResponse answer(String name, HttpRequest request) {
        return answer(name, request, PROTECTION);
    }

    /** A file for pages of any origin. */
    HttpResponse library(String name, HttpRequest request) {
        return answer(
                name,
                request,
                Map.of(
                        "access-control-allow-origin", "*",
                        "cross-origin-resource-policy", "cross-origin",
                        "x-content-type-options", "nosniff"));
    }

    private HttpResponse answer(String name, HttpRequest request, Map<String, String> protection) {
        // Names of nothing are not kept, or whoever asks for them could fill the memory.
        Page page = NAME.matcher(name).matches() ? pages.computeIfAbsent(name, Pages::read) : null;
        return page == null
                ? HttpResponse.text(404, "There is nothing at this address.\n")
                : page.answer(request, protection);
    }

    private static @Nullable Page read(String name) {
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null) {
            return null;
        }
        try (InputStream in = Pages.class.getResourceAsStream(name)) {
            return in == null ? null : Page.of(type, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * One file.
     *
     * @param tag tells one version of it from another
     * @param packed the same in gzip
     */
    private record Page(String type, String tag, Bytes plain, Bytes packed) {
        /** Whether a client can unpack it; one may name it to say that it cannot. */
        private static final Pattern GZIP =
                Pattern.compile("(^|[ ,])gzip(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$))", Pattern.CASE_INSENSITIVE);

        static Page of(String type, byte[] content) throws IOException {
            CRC32C sum = new CRC32C();
            sum.update(content);
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
                gzip.write(content);
            }
            String tag = "W/\"" + Long.toHexString(sum.getValue()) + "-" + content.length + "\"";
            return new Page(type, tag, Bytes.of(content), Bytes.of(packed.toByteArray()));
        }

        /** Compares weakly: the tag is that of the plain and of the packed file (RFC 9110 section 13.1.2). */
        private boolean known(String tags) {
            return tags.strip().equals("*") || tags.contains(tag.substring(2));
        }

        HttpResponse answer(HttpRequest request, Map<String, String> protection) {
            Map<String, String> headers = new HashMap<>(protection);
            headers.put("etag", tag);
            headers.put("cache-control", "no-cache");
            headers.put("vary", "accept-encoding");
            if (request.header("if-none-match").filter(this::known).isPresent()) {
                return new HttpResponse(304, headers, Bytes.utf8(""));
            }
            headers.put("content-type", type);
            boolean gzip =
                    GZIP.matcher(request.header("accept-encoding").orElse("")).find();
            if (gzip) {
                headers.put("content-encoding", "gzip");
            }
            return new HttpResponse(200, headers, gzip ? packed : plain);
        }
    }
}
