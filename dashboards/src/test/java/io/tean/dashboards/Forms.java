package io.tean.dashboards;

import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Forms as a browser sends them. */
public final class Forms {
    private static final String BOUNDARY = "----TeanFormBoundary7MA4YWxk";

    private Forms() {}

    /** With a file in the field {@code file}. */
    public static HttpRequest.Builder multipart(
            HttpRequest.Builder request, Map<String, String> fields, String fileName, String content) {
        List<String> lines = new ArrayList<>();
        fields.forEach((name, value) -> lines.addAll(
                List.of("--" + BOUNDARY, "Content-Disposition: form-data; name=\"" + name + "\"", "", value)));
        lines.addAll(List.of(
                "--" + BOUNDARY,
                "Content-Disposition: form-data; name=\"file\"; filename=\"" + fileName + "\"",
                "Content-Type: text/csv",
                "",
                content,
                "--" + BOUNDARY + "--",
                ""));
        String body = String.join("\r\n", lines);
        return request.header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }
}
