{{/* What no schema can tell: values that need each other. All problems are told together, each by its key. */}}
{{- define "moderator.refusals" -}}
{{- $problems := list -}}
{{- range tuple "Installation" "Identities" "Reviewing" "Scaling" "Strimzi" }}
{{- $problems = concat $problems (include (printf "moderator.refusals%s" .) $ | fromYamlArray) }}
{{- end }}
{{- if $problems }}
{{- printf "\n\n  %s\n" (join "\n  " $problems) | fail }}
{{- end }}
{{- end }}

{{- define "moderator.refusalsInstallation" -}}
{{- if not .Values.image.repository }}
- "image.repository: must be given: the registry and name that `make image` was pushed to, such as registry.example/moderator"
{{- end }}
{{- if eq .Values.image.tag "latest" }}
- "image.tag: latest is not allowed, it names another image tomorrow; give a version, or image.digest"
{{- end }}
{{- if not (include "moderator.components" . | fromYamlArray) }}
- "agent.enabled: false, as are shadow, reviewer and console.enabled; allowed: true for one of them at least"
{{- end }}
{{- if and .Values.shadow.enabled (empty .Values.settings.shadow.model_directory) }}
- "settings.shadow.model_directory: must be given where shadow.enabled is true: the model on trial, below a path of mounts"
{{- end }}
{{- range $name, $_ := .Values.env }}
{{- if hasPrefix "MODERATOR_" $name }}
- "env.{{ $name }}: is a setting of the program; allowed: below settings, or the value of the chart that sets it"
{{- end }}
{{- end }}
{{- range $number, $mount := .Values.mounts }}
{{- if ne 1 (omit $mount "path" | len) }}
- "mounts[{{ $number }}]: allowed: exactly one of configMap, secret and claim"
{{- end }}
{{- end }}
{{- if and .Values.monitoring.podMonitor.enabled .Values.monitoring.serviceMonitor.enabled }}
- "monitoring.serviceMonitor.enabled: podMonitor.enabled is true as well, so all would count twice; allowed: true for one of them"
{{- end }}
{{- end }}

{{- define "moderator.refusalsIdentities" -}}
{{- $kafka := .Values.kafka -}}
{{- if not $kafka.bootstrapServers }}
- "kafka.bootstrapServers: must be given: host:port, comma-separated"
{{- end }}
{{- if and (not (hasSuffix "SSL" $kafka.securityProtocol)) (not $kafka.allowPlaintext) }}
- "kafka.securityProtocol: {{ $kafka.securityProtocol }} sends messages unencrypted; allowed: SASL_SSL or SSL, or kafka.allowPlaintext true"
{{- end }}
{{- range include "moderator.components" . | fromYamlArray }}
{{- $who := include "moderator.identity" (dict "root" $ "name" .) | fromYaml }}
{{- if $who.sasl }}
{{- if not $who.secret }}
- "{{ . }}.kafka.existingSecret: {{ $kafka.securityProtocol }} needs it, or kafka.existingSecret for all components: a Secret with the {{ ternary "token" "password" $who.oauth }}"
{{- end }}
{{- if not (or $who.username $who.oauth) }}
- "{{ . }}.kafka.username: {{ $kafka.securityProtocol }} needs it, or kafka.username for all components"
{{- end }}
{{- end }}
{{- end }}
{{- range $noun, $topic := .Values.settings.topics }}
{{- range $other, $same := $.Values.settings.topics }}
{{- if and (lt $other $noun) (eq $topic $same) }}
- "settings.topics.{{ $noun }}: {{ $topic }} is that of {{ $other }} already; allowed: a topic of its own"
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- define "moderator.refusalsReviewing" -}}
{{- $settings := .Values.settings -}}
{{- if .Values.reviewer.enabled }}
{{- range tuple "base_url" "model" }}
{{- if not (index $settings.reviewer .) }}
- "settings.reviewer.{{ . }}: must be given where reviewer.enabled is true: the {{ ternary "endpoint, such as http://vllm.models:8000/v1" "model's name there" (eq . "base_url") }}"
{{- end }}
{{- end }}
{{- end }}
{{- if .Values.console.enabled }}
{{- if not .Values.console.existingSecret }}
- "console.existingSecret: must be given where console.enabled is true: a Secret with postgresql://USER:PASSWORD@HOST/NAME below {{ .Values.console.secretKey }}"
{{- end }}
{{- $oidc := $settings.console.oidc | default dict }}
{{- range tuple "issuer" "audience" }}
{{- if not (index $oidc .) }}
- "settings.console.oidc.{{ . }}: must be given where console.enabled is true, else nobody can sign in"
{{- end }}
{{- end }}
{{- if eq (empty $oidc.jwks_url) (empty $oidc.jwks_file) }}
- "settings.console.oidc.jwks_url: allowed: this or jwks_file (see mounts), and not both: the issuer's public keys"
{{- end }}
{{- with .Values.console.ingress }}
{{- if .enabled }}
{{- if not .host }}
- "console.ingress.host: must be given where console.ingress.enabled is true"
{{- end }}
{{- if not .tlsSecret }}
- "console.ingress.tlsSecret: must be given where console.ingress.enabled is true: people's words and tokens travel there"
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- define "moderator.refusalsScaling" -}}
{{- range tuple "agent" "reviewer" }}
{{- $scaling := (index $.Values .).autoscaling }}
{{- if and (ne $scaling.type "none") (gt (int $scaling.minReplicas) (int $scaling.maxReplicas)) }}
- "{{ . }}.autoscaling.maxReplicas: {{ $scaling.maxReplicas }} is less than minReplicas; allowed: {{ $scaling.minReplicas }} and more"
{{- end }}
{{- $who := include "moderator.identity" (dict "root" $ "name" .) | fromYaml }}
{{- if and (eq $scaling.type "keda") $who.sasl $who.oauth (not $scaling.existingTriggerAuthentication) }}
- "{{ . }}.autoscaling.existingTriggerAuthentication: must be given for OAUTHBEARER: KEDA fetches tokens by itself"
{{- end }}
{{- end }}
{{- end }}

{{- define "moderator.refusalsStrimzi" -}}
{{- $strimzi := .Values.strimzi -}}
{{- if and (or $strimzi.topics.enabled $strimzi.users.enabled) (not $strimzi.cluster) }}
- "strimzi.cluster: must be given: the name of the Kafka resource"
{{- end }}
{{- if $strimzi.topics.enabled }}
{{- if gt (int $strimzi.topics.minInsyncReplicas) (int $strimzi.topics.replicas) }}
- "strimzi.topics.minInsyncReplicas: {{ $strimzi.topics.minInsyncReplicas }} is more than there are; allowed: 1 to {{ $strimzi.topics.replicas }}"
{{- end }}
{{- $days := .Values.settings.reviewer.evidence_days | default 30 }}
{{- if and .Values.reviewer.enabled (lt (float64 $strimzi.topics.retentionDays.decisions) (float64 $days)) }}
- "strimzi.topics.retentionDays.decisions: the reviewer remembers settings.reviewer.evidence_days by it; allowed: {{ $days }} and more"
{{- end }}
{{- end }}
{{- if $strimzi.users.enabled }}
{{- $scram := and (hasPrefix "SASL_" .Values.kafka.securityProtocol) (eq .Values.kafka.saslMechanism "SCRAM-SHA-512") }}
{{- if not (or $scram (eq .Values.kafka.securityProtocol "SSL")) }}
- "strimzi.users.enabled: Strimzi's users sign in by SCRAM-SHA-512 or a certificate; allowed: kafka.securityProtocol SASL_SSL with kafka.saslMechanism SCRAM-SHA-512, or SSL"
{{- end }}
{{- if ne ($strimzi.namespace | default .Release.Namespace) .Release.Namespace }}
{{- range include "moderator.components" . | fromYamlArray }}
{{- if not (index $.Values .).kafka.existingSecret }}
- "{{ . }}.kafka.existingSecret: must be given: Strimzi puts the user's Secret into {{ $strimzi.namespace }}; copy it here and name it"
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
