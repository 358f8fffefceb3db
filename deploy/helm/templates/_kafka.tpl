{{/* Who a component is to the brokers: {root, name} to {sasl, tls, username, secret}, to read with fromYaml. */}}
{{- define "moderator.identity" -}}
{{- $kafka := .root.Values.kafka -}}
{{- $own := (index .root.Values .name).kafka -}}
{{- $made := ternary (include "moderator.component" .) "" .root.Values.strimzi.users.enabled -}}
sasl: {{ hasPrefix "SASL_" $kafka.securityProtocol }}
tls: {{ hasSuffix "SSL" $kafka.securityProtocol }}
oauth: {{ eq $kafka.saslMechanism "OAUTHBEARER" }}
username: {{ $own.username | default $made | default $kafka.username | quote }}
secret: {{ $own.existingSecret | default $made | default $kafka.existingSecret | quote }}
{{- end }}

{{- define "moderator.kafkaEnv" -}}
{{- $kafka := .root.Values.kafka -}}
{{- $who := include "moderator.identity" . | fromYaml -}}
- name: MODERATOR_KAFKA__BOOTSTRAP_SERVERS
  value: {{ $kafka.bootstrapServers | quote }}
- name: MODERATOR_KAFKA__SECURITY_PROTOCOL
  value: {{ $kafka.securityProtocol }}
{{- if $kafka.allowPlaintext }}
- name: MODERATOR_KAFKA__ALLOW_PLAINTEXT
  value: "true"
{{- end }}
{{- if $kafka.ca.existingSecret }}
- name: MODERATOR_KAFKA__SSL_CA_FILE
  value: /etc/moderator/authority/ca.crt
{{- end }}
{{- if $who.sasl }}
- name: MODERATOR_KAFKA__SASL_MECHANISM
  value: {{ $kafka.saslMechanism }}
{{- if $who.oauth }}
- name: MODERATOR_KAFKA__SASL_TOKEN_FILE
  value: /etc/moderator/kafka/token
{{- else }}
- name: MODERATOR_KAFKA__SASL_USERNAME
  value: {{ $who.username | quote }}
- name: MODERATOR_KAFKA__SASL_PASSWORD_FILE
  value: /etc/moderator/kafka/password
{{- end }}
{{- else if and $who.tls $who.secret }}
- name: MODERATOR_KAFKA__SSL_CERT_FILE
  value: /etc/moderator/kafka/client.crt
- name: MODERATOR_KAFKA__SSL_KEY_FILE
  value: /etc/moderator/kafka/client.key
{{- end }}
{{- end }}

{{/* Whole folders, no single files: only those follow a Secret that changes, and the program looks at them again. */}}
{{- define "moderator.kafkaVolumes" -}}
{{- $kafka := .root.Values.kafka -}}
{{- $who := include "moderator.identity" . | fromYaml -}}
{{- if and $who.secret (or $who.sasl $who.tls) }}
- name: kafka
  secret:
    secretName: {{ $who.secret | quote }}
    defaultMode: 0440
    items:
      {{- if not $who.sasl }}
      - {key: {{ $kafka.keys.certificate | quote }}, path: client.crt}
      - {key: {{ $kafka.keys.privateKey | quote }}, path: client.key}
      {{- else if $who.oauth }}
      - {key: {{ $kafka.keys.token | quote }}, path: token}
      {{- else }}
      - {key: {{ $kafka.keys.password | quote }}, path: password}
      {{- end }}
{{- end }}
{{- if $kafka.ca.existingSecret }}
- name: authority
  secret:
    secretName: {{ $kafka.ca.existingSecret | quote }}
    defaultMode: 0440
    items:
      - {key: {{ $kafka.ca.key | quote }}, path: ca.crt}
{{- end }}
{{- end }}
