package io.tean.dashboards;

import java.net.http.HttpRequest;
import java.util.Map;

/** Forms as a browser sends them. */
public final class Forms {
    private static final String BOUNDARY = "----TeanFormBoundary7MA4YWxk";

    private Forms() {}

    /** With a file in the field {@code file}. */
    public static HttpRequest.Builder multipart(
            HttpRequest.Builder request, Map<String, String> fields, String fileName, String content) {
        StringBuilder body = new StringBuilder();
        fields.forEach((name, value) -> body.append(
                "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n".formatted(BOUNDARY, name, value)));
        body.append(("--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n"
                        + "Content-Type: text/csv\r\n\r\n%s\r\n--%s--\r\n")
                .formatted(BOUNDARY, fileName, content, BOUNDARY));
        return request.header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
    }
}
