# Tean as bin/tean runs it. Takes what was built: run bin/tean help first. Not tried, see compose.yaml.
# A JDK, for bin/tean looks for one; and a shell for its health check.
FROM eclipse-temurin:25-jdk

RUN useradd --system --create-home --home-dir /var/lib/tean tean

COPY bin/tean /opt/tean/bin/tean
COPY bin/lib/java.sh /opt/tean/bin/lib/java.sh
COPY app/target/lib /opt/tean/program/lib
COPY app/target/classes /opt/tean/program/classes

# bin/tean builds nothing when it is told where the program lies.
ENV TEAN_PROGRAM=/opt/tean/program
USER tean
WORKDIR /var/lib/tean
EXPOSE 8080 1883
ENTRYPOINT ["/opt/tean/bin/tean"]
CMD ["serve"]
