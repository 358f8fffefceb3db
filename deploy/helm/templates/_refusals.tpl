{{/* What no schema can tell: values that need each other. All problems are told together, each by its key. */}}
{{- define "moderator.refusals" -}}
{{- $problems := list -}}
{{- range tuple "Installation" "Pods" "Labels" "Identities" "Addresses" "Reviewing" "Scaling" "Strimzi" }}
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
{{- $services := or .Values.console.enabled (eq .Values.agent.kind "StatefulSet") .Values.monitoring.serviceMonitor.enabled }}
{{- if and $services (regexMatch "^[0-9]" .Release.Name) }}
- "the release's name: {{ .Release.Name }} is what Services are named by; allowed: a letter at the beginning"
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
{{- if and .Values.monitoring.podMonitor.enabled .Values.monitoring.serviceMonitor.enabled }}
- "monitoring.serviceMonitor.enabled: podMonitor.enabled is true as well, so all would count twice; allowed: true for one of them"
{{- end }}
{{- end }}

{{- define "moderator.refusalsPods" -}}
{{- $paths := list "/tmp" }}
{{- range $number, $mount := .Values.mounts }}
{{- if ne 1 (omit $mount "path" | len) }}
- "mounts[{{ $number }}]: allowed: exactly one of configMap, secret and claim"
{{- end }}
{{- $path := clean $mount.path }}
{{- if or (has $path $paths) (hasPrefix "/etc/moderator/" (print $path "/")) }}
- "mounts[{{ $number }}].path: {{ $path }} is taken; allowed: a path of its own, not /tmp and nothing below /etc/moderator"
{{- end }}
{{- $paths = append $paths $path }}
{{- end }}
{{- range $name := include "moderator.components" . | fromYamlArray }}
{{- $resources := (index $.Values $name).resources }}
{{- range $what := tuple "cpu" "memory" }}
{{- $least := index $resources.requests $what }}
{{- if lt (include "moderator.amount" (index $resources.limits $what) | float64) (include "moderator.amount" $least | float64) }}
- "{{ $name }}.resources.limits.{{ $what }}: {{ index $resources.limits $what }} is less than requests.{{ $what }}; allowed: {{ $least }} and more"
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/* A quantity of Kubernetes as a plain number, to compare. */}}
{{- define "moderator.amount" -}}
{{- $unit := regexFind "[A-Za-z]*$" (toString .) -}}
{{- $units := dict "" 1 "m" 0.001 "k" 1e3 "M" 1e6 "G" 1e9 "T" 1e12 "Ki" 1024 "Mi" 1048576 "Gi" 1073741824 "Ti" 1099511627776 -}}
{{ mulf (toString . | trimSuffix $unit) (get $units $unit) }}
{{- end }}

{{/* Keys of labels and annotations that the chart writes itself: twice in one object they are no YAML. */}}
{{- define "moderator.refusalsLabels" -}}
{{- range $name := tuple "agent" "shadow" "reviewer" "console" }}
{{- $own := include "moderator.componentSelector" (dict "root" $ "name" $name) | fromYaml }}
{{- range $key, $_ := (index $.Values $name).podLabels }}
{{- if hasKey $own $key }}
- "{{ $name }}.podLabels.{{ $key }}: is the chart's own; allowed: other keys"
{{- end }}
{{- end }}
{{- range $key, $_ := (index $.Values $name).podAnnotations }}
{{- if has $key (tuple "checksum/settings" "moderator/secrets-revision") }}
- "{{ $name }}.podAnnotations.{{ $key }}: is the chart's own; allowed: other keys"
{{- end }}
{{- end }}
{{- end }}
{{- $own := include "moderator.labels" $ | fromYaml }}
{{- range $name, $monitor := .Values.monitoring }}
{{- range $key, $_ := $monitor.labels }}
{{- if hasKey $own $key }}
- "monitoring.{{ $name }}.labels.{{ $key }}: is the chart's own; allowed: other keys"
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- define "moderator.refusalsIdentities" -}}
{{- $kafka := .Values.kafka -}}
{{- if not $kafka.bootstrapServers }}
- "kafka.bootstrapServers: must be given: host:port, comma-separated"
{{- end }}
{{- range splitList "," ($kafka.bootstrapServers | default "") | compact }}
{{- $port := regexFind "[0-9]+$" . | int }}
{{- if or (lt $port 1) (gt $port 65535) }}
- "kafka.bootstrapServers: {{ . }} has no such port; allowed: 1 to 65535"
{{- end }}
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

{{/* Not by the schema, since Helm prints a value that fits none: this may be a password. */}}
{{- define "moderator.refusalsAddresses" -}}
{{- $settings := .Values.settings -}}
{{- if contains "@" (dig "base_url" "" $settings.reviewer) }}
- "settings.reviewer.base_url: holds an @, so perhaps a password; allowed: host, port and path; the key goes into reviewer.existingSecret"
{{- end }}
{{- if contains "@" (dig "tracing" "endpoint" "" $settings) }}
- "settings.tracing.endpoint: holds an @, so perhaps a password; allowed: host, port and path; OTEL_EXPORTER_OTLP_HEADERS goes into envSecret"
{{- end }}
{{- if contains "@" (dig "oidc" "jwks_url" "" $settings.console) }}
- "settings.console.oidc.jwks_url: holds an @, so perhaps a password; allowed: host, port and path; public keys need no password"
{{- end }}
{{- if hasPrefix "http:" (dig "oidc" "jwks_url" "" $settings.console) }}
- "settings.console.oidc.jwks_url: whoever changes the keys on their way can be anybody; allowed: https://"
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
{{- $most := sub (int $strimzi.topics.replicas) 1 | max 1 }}
{{- if gt (int64 $strimzi.topics.minInsyncReplicas) $most }}
- "strimzi.topics.minInsyncReplicas: {{ $strimzi.topics.minInsyncReplicas }} of {{ $strimzi.topics.replicas }}: the restart of one broker would stop all writing; allowed: 1 to {{ $most }}"
{{- end }}
{{- $days := $strimzi.topics.retentionDays }}
{{- range tuple "verdicts" "dead_letters" }}
{{- if lt (int (index $days .)) (int $days.messages) }}
- "strimzi.topics.retentionDays.{{ . }}: below that of messages `moderator audit` would miss the answers; allowed: {{ $days.messages }} and more"
{{- end }}
{{- end }}
{{- $evidence := .Values.settings.reviewer.evidence_days | default 30 }}
{{- if and .Values.reviewer.enabled (lt (float64 $days.decisions) (float64 $evidence)) }}
- "strimzi.topics.retentionDays.decisions: the reviewer remembers settings.reviewer.evidence_days by it; allowed: {{ $evidence }} and more"
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
